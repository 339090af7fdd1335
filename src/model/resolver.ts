// Whom a namespace asks for names (resolv.conf(5)), and whom Docker's embedded resolver asks on its behalf.

/** A server that the resolver of an engine hands questions on to. */
export interface UpstreamServer {
  readonly ip: string;
  /** The question leaves from the host's namespace (`host(…)` in the comment that Docker leaves), else from the container's. */
  readonly isAskedFromHost: boolean;
}

/** What one resolv.conf(5) says. */
export interface Resolvers {
  /** `nameserver` lines, in order. `127.0.0.11` is Docker's embedded resolver. */
  readonly nameservers: readonly string[];
  /** From Docker's `# ExtServers:` comment, and of the host from what systemd-resolved leaves; absent where it is not told. */
  readonly upstream?: readonly UpstreamServer[];
}
