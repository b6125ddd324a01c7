/** The 16 bytes of an IP address, of which IPv4 has the last four, as in ::ffff:192.0.2.1; undefined for other text. */
export function parseIp(text: string): number[] | undefined {
  if (!text.includes(":")) return withPrefix(parseIpv4(text));
  const [, head = "", ipv4] = /^(.*:)([^:]*\.[^:]*)$/.exec(text) ?? [undefined, text];
  const tail = ipv4 === undefined ? [] : parseIpv4(ipv4);
  return tail && parseGroups(ipv4 === undefined ? head : `${head}0:0`, tail);
}

export function isIpv4(ip: number[]): boolean {
  return MAPPED.every((byte, index) => byte === ip[index]);
}

export function isLoopback(ip: number[]): boolean {
  return isIpv4(ip) ? ip[12] === 127 : ip.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function withPrefix(ipv4: number[] | undefined): number[] | undefined {
  return ipv4 && [...MAPPED, ...ipv4];
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  const isValid = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isValid ? parts.map(Number) : undefined;
}

/** Eight groups of hexadecimal digits, some of which `::` stands for. `tail` is what the last of them are. */
function parseGroups(text: string, tail: number[]): number[] | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const groups = halves.flat();
  const left = 8 - groups.length;
  const isWhole = halves.length === 1 ? left === 0 : halves.length === 2 && left > 0;
  if (!isWhole || !groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  const [before = [], after = []] = halves;
  const numbers = [...before, ...Array.from({ length: left }, () => "0"), ...after].map((group) =>
    Number(`0x${group}`),
  );
  const bytes = numbers.flatMap((number) => [number >> 8, number & 255]);
  return [...bytes.slice(0, 16 - tail.length), ...tail];
}
