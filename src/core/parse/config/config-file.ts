// A configuration file as parsers see it.

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** `10-eth0.network` for `/etc/systemd/network/10-eth0.network`. */
export function fileName(file: ConfigFile): string {
  return file.path.slice(file.path.lastIndexOf('/') + 1);
}
