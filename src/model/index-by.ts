// Lists by a key of what is in them: many rules look the same thing up for everybody, and a host may have thousands.

/** Keys in the order of their first item, and the items of each in theirs. */
export function indexBy<T, K>(
  items: Iterable<T>,
  keyOf: (item: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const lists = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = lists.get(key);
    if (list === undefined) lists.set(key, [item]);
    else list.push(item);
  }
  return lists;
}
