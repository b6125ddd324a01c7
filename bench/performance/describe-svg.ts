/** An image with its title and description; without what ECharts adds for a pointer, which is numbered anew each time. */
export function describeSvg(svg: string, title: string, description: string): string {
  return svg
    .replaceAll(/<style ?>.*?<\/style>\n/gs, "")
    .replaceAll(/ (?:class|ecmeta_\w+)="[^"]*"/g, "")
    .replace("<svg ", '<svg role="img" aria-labelledby="title description" ')
    .replace(
      ">\n",
      `>\n<title id="title">${escapeText(title)}</title>\n<desc id="description">${escapeText(description)}</desc>\n`,
    );
}

/** A peer may have any name. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
