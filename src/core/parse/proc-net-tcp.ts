// Listening TCP sockets out of /proc/net/tcp and /proc/net/tcp6 (proc_pid_net(5)).

/** A socket in the state LISTEN. */
export interface Listener {
  /** IPv4 address; `0.0.0.0` for any. */
  readonly address: string;
  readonly port: number;
}

const LINE =
  /^\s*\d+: (?<address>[\dA-F]{8}|[\dA-F]{32}):(?<port>[\dA-F]{4}) [\dA-F]{8,32}:[\dA-F]{4} (?<state>[\dA-F]{2}) /u;
const TCP_LISTEN = '0A';
const ANY_IPV6 = '0'.repeat(32);
/** `::ffff:0:0/96` in words of the machine's order. */
const MAPPED_IPV4 = '0000000000000000FFFF0000';

/** Those that may take connections over IPv4: a socket on `::` does, unless it was told not to. */
export function parseListeners(text: string): Listener[] {
  return text.split('\n').flatMap((line) => {
    const { address = '', port = '', state } = LINE.exec(line)?.groups ?? {};
    if (state !== TCP_LISTEN) return [];
    const ipv4 = ipv4Of(address);
    return ipv4 === undefined ? [] : [{ address: ipv4, port: Number.parseInt(port, 16) }];
  });
}

function ipv4Of(hex: string): string | undefined {
  if (hex === ANY_IPV6) return '0.0.0.0';
  const word = hex.startsWith(MAPPED_IPV4) ? hex.slice(MAPPED_IPV4.length) : hex;
  return word.length === 8 ? dotted(word) : undefined;
}

/** A word in the machine's order, little-endian on every machine that the doctor's native parts exist for. */
function dotted(word: string): string {
  const bytes = word.match(/../g) ?? [];
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.');
}
