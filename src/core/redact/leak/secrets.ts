// What looks like a secret whoever's it is: keys, tokens, passwords. Nothing of ours looks so.

export interface SecretForm {
  readonly kind: string;
  /** In lower case: the form is tried only around one of these, since nearly all text has none. */
  readonly marks: readonly string[];
  readonly form: RegExp;
}

export const SECRETS: readonly SecretForm[] = [
  {
    kind: 'a private key',
    marks: ['private key'],
    form: /-----BEGIN [A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?-----/gu,
  },
  {
    kind: 'a WireGuard key',
    marks: ['privatekey', 'presharedkey'],
    form: /\b(?:Private|Preshared)Key\s{0,9}=\s{0,9}[\w+/]{43}=/giu,
  },
  { kind: 'a token', marks: ['eyj'], form: /\beyJ[\w-]{8,99}\.eyJ[\w-]{8,}/gu },
  { kind: 'a token', marks: ['bearer'], form: /\bbearer\s{1,9}[\w.~+/-]{16,}/giu },
  {
    kind: 'a token',
    marks: ['gho_', 'ghp_', 'ghs_', 'ghu_', 'glpat-', 'xoxa-', 'xoxb-', 'xoxp-'],
    form: /\b(?:gh[opsu]_\w{30,}|glpat-[\w-]{16,}|xox[abp]-[\w-]{10,})/gu,
  },
  { kind: 'a join token', marks: ['swmtkn-'], form: /\bSWMTKN-1-[\da-z]{20,}-[\da-z]{20,}/gu },
  { kind: 'a cloud key', marks: ['akia', 'asia'], form: /\b(?:AKIA|ASIA)[\dA-Z]{16}\b/gu },
  {
    kind: 'a password',
    marks: [
      'passw',
      'passphrase',
      'secret',
      'psk',
      'wep-key',
      'apikey',
      'api_key',
      'api-key',
      'accesskey',
      'access_key',
      'access-key',
    ],
    form: /\b(?:\w{0,40}(?:passw(?:or)?d|passphrase|secret|api[_-]?key|access[_-]?key)|psk|wpa-psk|wep-key\d?)["']?\s{0,9}[=:]\s{0,9}["']?[^\s"'=,;{}[\]]{4,}/giu,
  },
  {
    kind: 'a password',
    marks: ['://'],
    form: /\b[a-z][a-z\d+.-]{1,20}:\/\/[^\s/:@"']{1,64}:[^\s/@"']{1,64}@/giu,
  },
];

/** How far around its mark a secret is looked for. */
export const AROUND = 256;
