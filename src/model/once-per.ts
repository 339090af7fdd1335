// What is worked out once about a thing that never changes, and kept as long as the thing itself.

/** The same function, asked only once for each thing. Only for things that nobody alters: the model's all are such. */
export function oncePer<K extends object, V>(answer: (about: K) => V): (about: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (about) => {
    const hit = known.get(about);
    if (hit !== undefined) return hit.value;
    const value = answer(about);
    known.set(about, { value });
    return value;
  };
}

/** As {@link oncePer}, for texts: they have no end of their own, so it must itself belong to something that has. */
export function oncePerText<V>(answer: (text: string) => V): (text: string) => V {
  const known = new Map<string, { readonly value: V }>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit.value;
    const value = answer(text);
    known.set(text, { value });
    return value;
  };
}
