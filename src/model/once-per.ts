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
