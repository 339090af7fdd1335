// What a program said on stderr besides the steps that it names when they take long, which a loaded machine makes it do.

/** Lines of progress end in `…`. */
export function complaintsIn(stderr: string): string {
  return stderr.replaceAll(/^.* …\n/gm, '');
}
