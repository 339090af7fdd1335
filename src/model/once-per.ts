// What is worked out once about a thing that never changes, and kept as long as the thing itself.

/** The same function, asked only once for each thing. Only for things that nobody alters: the model's all are such. */
export function oncePer<K extends object, V>(answer: (about: K) => V): (about: K) => V {
  return remembering(new WeakMap<K, { readonly value: V }>(), answer);
}

/** As {@link oncePer}, for texts: they have no end of their own, so it must itself belong to something that has. */
export function oncePerText<V>(answer: (text: string) => V): (text: string) => V {
  return remembering(new Map<string, { readonly value: V }>(), answer);
}

/** What both kinds of map can do. */
interface Store<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function remembering<K, V>(
  known: Store<K, { readonly value: V }>,
  answer: (about: K) => V,
): (about: K) => V {
  return (about) => {
    const hit = known.get(about);
    if (hit !== undefined) return hit.value;
    const value = answer(about);
    known.set(about, { value });
    return value;
  };
}
