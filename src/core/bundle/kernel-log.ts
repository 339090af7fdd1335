// The few lines of the kernel's log that may matter. It is free text: everything that is not about our links stays out.

const MOST_LINES = 200;
const LONGEST_LINE = 300;
/** Lines that quote programs and their users, whatever else they mention. */
const QUOTES_OTHERS =
  /audit|apparmor|selinux|cmdline|command line|proctitle|comm=|uid=|usb|serial/i;
const OURS = /\b(?:mac|ip)v(?:lan|tap)\b/i;

/** Lines that name one of the links, or macvlan itself; the last ones, oldest first. */
export function linesAbout(log: string, links: readonly string[]): readonly string[] {
  const named = links.map((name) => new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w-])`));
  return log
    .split('\n')
    .filter((line) => OURS.test(line) || named.some((one) => one.test(line)))
    .filter((line) => !QUOTES_OTHERS.test(line))
    .slice(-MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}

function escaped(name: string): string {
  return name.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
