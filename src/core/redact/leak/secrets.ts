// What looks like a secret whoever's it is: keys, tokens, passwords. Nothing of ours looks so.

export interface SecretForm {
  readonly kind: string;
  readonly form: RegExp;
}

export const SECRETS: readonly SecretForm[] = [
  { kind: 'a private key', form: /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu },
  { kind: 'a WireGuard key', form: /\b(?:Private|Preshared)Key\s{0,9}=\s{0,9}[\w+/]{43}=/giu },
  { kind: 'a token', form: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/gu },
  { kind: 'a token', form: /\bbearer\s{1,9}[\w.~+/-]{16,}/giu },
  { kind: 'a token', form: /\b(?:gh[opsu]_\w{30,}|glpat-[\w-]{16,}|xox[abp]-[\w-]{10,})/gu },
  { kind: 'a join token', form: /\bSWMTKN-1-[\da-z]{20,}-[\da-z]{20,}/gu },
  { kind: 'a cloud key', form: /\b(?:AKIA|ASIA)[\dA-Z]{16}\b/gu },
  {
    kind: 'a password',
    form: /\b(?:\w{0,40}(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key)|psk|wpa-psk|wep-key\d?)["']?\s{0,9}[=:]\s{0,9}["']?[^\s"'=,;{}[\]]{4,}/giu,
  },
  { kind: 'a password', form: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@"']{1,64}:[^\s/@"']{1,64}@/giu },
];

/** As much of a text as the longest of them needs to be known. */
export const LONGEST_SECRET = 256;
