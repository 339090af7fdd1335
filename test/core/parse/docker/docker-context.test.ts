import { describe, expect, it } from 'vitest';
import {
  parseContextHost,
  parseCurrentContext,
} from '../../../../src/core/parse/docker/docker-context.js';

describe('the docker client’s files', () => {
  it('name the current context', () => {
    const config = '{"auths": {"secret": {}}, "currentContext": "desktop-linux"}';
    expect(parseCurrentContext(config)).toBe('desktop-linux');
  });

  it('name the engine of a context', () => {
    const meta = JSON.stringify({
      Name: 'colima',
      Metadata: { Description: 'colima' },
      Endpoints: { docker: { Host: 'unix:///Users/ann/.colima/default/docker.sock' } },
    });
    expect(parseContextHost(meta)).toBe('unix:///Users/ann/.colima/default/docker.sock');
  });

  it.each(['', '{', 'null', '[]', '{"currentContext": 3, "Endpoints": "x"}'])(
    'may hold anything: %s',
    (text) => {
      expect(parseCurrentContext(text)).toBeUndefined();
      expect(parseContextHost(text)).toBeUndefined();
    },
  );
});
