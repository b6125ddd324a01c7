import leven from "leven";

/** A message for each variable whose name is within two edits of a setting's. */
export function describeMisspelt(names: string[], settings: string[]): string[] {
  return names.flatMap((name) => {
    const meant = settings.find((setting) => leven(name, setting, { maxDistance: MAX_EDITS + 1 }) <= MAX_EDITS);
    return meant
      ? [`${name} is not a setting and is ignored: use ${meant} if that is what you mean, or rename it.`]
      : [];
  });
}

const MAX_EDITS = 2;
