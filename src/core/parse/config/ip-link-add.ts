// Recognises `ip link add NAME … type macvlan` inside a line of configuration or a script.

/** Words of `ip link add` (ip-link(8)) that take the next word as their value and are not the new link's name. */
const WITH_VALUE = new Set([
  'link',
  'address',
  'broadcast',
  'mtu',
  'txqueuelen',
  'txqlen',
  'index',
  'numtxqueues',
  'numrxqueues',
  'netns',
  'group',
]);

/** Names of the macvlan and macvtap links that the text's commands make; comment lines do not count. */
export function macvlanNames(text: string): readonly string[] {
  return text
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n|;|&&/)
    .filter((line) => !/^\s*#/.test(line))
    .flatMap((line) => {
      const match = /\bl(?:ink?)?\s+a(?:dd?)?\s+(.*?)\btype\s+macv(?:lan|tap)\b/.exec(line);
      const name = match === null ? undefined : nameAmong((match[1] ?? '').trim().split(/\s+/));
      return name === undefined ? [] : [name];
    });
}

function nameAmong(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = unquoted(words[at] ?? '');
    if (word === 'name' || word === 'dev') return unquoted(words[at + 1] ?? '') || undefined;
    if (WITH_VALUE.has(word)) at++;
    else if (word !== '') return word;
  }
  return undefined;
}

function unquoted(word: string): string {
  return word.replaceAll(/["']/g, '');
}
