// Which of several things hang together, where it is known of each two whether they do.

/** Groups in the order of their first members; what hangs together with nothing is a group of its own. */
export function connected<T>(things: readonly T[], areTied: (a: T, b: T) => boolean): T[][] {
  let groups: T[][] = [];
  for (const thing of things) {
    const tied = groups.filter((group) => group.some((one) => areTied(one, thing)));
    const [home] = tied;
    if (home === undefined) {
      groups.push([thing]);
      continue;
    }
    const merged = [...tied.flat(), thing];
    groups = groups
      .map((group) => (group === home ? merged : group))
      .filter((group) => !tied.includes(group));
  }
  return groups;
}
