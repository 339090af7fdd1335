// Reads JSON as it arrives and keeps what a projection allows: what is not allowed is never part of any value.
import { Tokenizer, TokenType } from '@streamparser/json';
import type { Projection } from '../../../model/projection.js';

/** Why an answer was given up, as the end of "it answered with …". */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** Answers of engines go ten levels down. */
const MOST_DEPTH = 64;
/** 10,000 containers are a quarter of this. */
const MOST_KEPT = 1_000_000;
/** Texts are put together here, and not piece by piece. */
const BUFFER_BYTES = 64 * 1024;
const NOT_JSON = 'something that is not JSON';

export interface JsonReader {
  /** Throws a JsonError for what is no JSON, and for too much of it. */
  readonly write: (bytes: Uint8Array) => void;
  /** What was kept; undefined where nothing of the answer was allowed. */
  readonly end: () => unknown;
}

export function createJsonReader(projection: Projection, mostKept = MOST_KEPT): JsonReader {
  const tokenizer = new Tokenizer({ stringBufferSize: BUFFER_BYTES });
  const values = new Values(projection, mostKept);
  tokenizer.onToken = ({ token, value }) => {
    values.take(token, value);
  };
  tokenizer.onError = (error) => {
    throw error instanceof JsonError ? error : new JsonError(NOT_JSON);
  };
  return {
    write: (bytes) => {
      // Behind the end of a whole value the tokenizer takes no more; a line feed there is no fault.
      if (!tokenizer.isEnded) tokenizer.write(bytes);
    },
    end: () => {
      if (!tokenizer.isEnded) tokenizer.end();
      return values.result();
    },
  };
}

type Allowed = Projection | undefined;
type Scalar = string | number | boolean | null;
type Container = unknown[] | Record<string, unknown>;

/** What may come next: `first` is a value or a key, or the end of a container that has just begun. */
type Next = 'value' | 'key' | 'colon' | 'more' | 'first' | 'nothing';

interface Frame {
  readonly isList: boolean;
  readonly allowed: Allowed;
  /** Undefined where nothing of it is kept. */
  readonly into: Container | undefined;
  key: string;
  next: Next;
}

class Values {
  readonly #frames: Frame[];
  readonly #mostKept: number;
  readonly #root: unknown[] = [];
  #kept = 0;

  constructor(projection: Projection, mostKept: number) {
    this.#mostKept = mostKept;
    const allowed = { list: projection };
    this.#frames = [{ isList: true, allowed, into: this.#root, key: '', next: 'value' }];
  }

  result(): unknown {
    if (this.#frames.length > 1 || this.#top().next !== 'more') throw new JsonError(NOT_JSON);
    return this.#root[0];
  }

  take(token: TokenType, value: Scalar): void {
    const top = this.#top();
    switch (token) {
      case TokenType.COLON: {
        advance(top, 'colon', 'value');
        break;
      }
      case TokenType.COMMA: {
        this.#goOn(top);
        break;
      }
      case TokenType.LEFT_BRACE:
      case TokenType.LEFT_BRACKET: {
        this.#open(top, token === TokenType.LEFT_BRACKET);
        break;
      }
      case TokenType.RIGHT_BRACE:
      case TokenType.RIGHT_BRACKET: {
        this.#close(top, token === TokenType.RIGHT_BRACKET);
        break;
      }
      default: {
        if (!top.isList && (top.next === 'key' || top.next === 'first')) takeKey(top, value);
        else this.#put(top, value);
      }
    }
  }

  #top(): Frame {
    const top = this.#frames.at(-1);
    if (top === undefined) throw new JsonError(NOT_JSON);
    return top;
  }

  #goOn(top: Frame): void {
    // Two values beside each other are no JSON.
    if (this.#frames.length === 1) throw new JsonError(NOT_JSON);
    advance(top, 'more', top.isList ? 'value' : 'key');
  }

  #open(top: Frame, isList: boolean): void {
    if (this.#frames.length > MOST_DEPTH) throw new JsonError('JSON that is nested too deeply');
    const allowed = allowedIn(top);
    expectValue(top);
    const isKept = holds(allowed, isList);
    const into = isKept ? fresh(isList) : undefined;
    if (isKept) this.#keep(top, into);
    else if (allowed === 'presence') this.#keep(top, true);
    this.#frames.push({
      isList,
      allowed: isKept ? allowed : undefined,
      into,
      key: '',
      next: 'first',
    });
  }

  #close(top: Frame, isList: boolean): void {
    const mayEnd = top.next === 'more' || top.next === 'first';
    if (top.isList !== isList || !mayEnd || this.#frames.length === 1)
      throw new JsonError(NOT_JSON);
    this.#frames.pop();
  }

  #put(top: Frame, value: Scalar): void {
    const allowed = allowedIn(top);
    expectValue(top);
    if (allowed === 'value') this.#keep(top, value);
    else if (allowed === 'presence') this.#keep(top, true);
  }

  #keep({ into, key }: Frame, value: unknown): void {
    if (++this.#kept > this.#mostKept) {
      throw new JsonError(`more than ${this.#mostKept.toString()} values`);
    }
    if (Array.isArray(into)) into.push(value);
    else if (into !== undefined) into[key] = value;
  }
}

function advance(top: Frame, from: Next, to: Next): void {
  if (top.next !== from) throw new JsonError(NOT_JSON);
  top.next = to;
}

function takeKey(top: Frame, key: Scalar): void {
  if (typeof key !== 'string') throw new JsonError(NOT_JSON);
  top.key = key;
  top.next = 'colon';
}

function expectValue(top: Frame): void {
  if (top.next !== 'value' && !(top.isList && top.next === 'first')) throw new JsonError(NOT_JSON);
  top.next = 'more';
}

/** What may be kept of the value that comes next. */
function allowedIn({ allowed, isList, key }: Frame): Allowed {
  if (typeof allowed !== 'object') return undefined;
  if ('list' in allowed) return isList ? allowed.list : undefined;
  const { fields = {}, others } = allowed;
  return Object.hasOwn(fields, key) ? fields[key] : others;
}

function holds(allowed: Allowed, isList: boolean): boolean {
  return typeof allowed === 'object' && 'list' in allowed === isList;
}

/** Without a prototype: `__proto__` is a name like any other. */
function fresh(isList: boolean): Container {
  return isList ? [] : (Object.create(null) as Record<string, unknown>);
}
