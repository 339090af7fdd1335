import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetnsMounts, parseNetnsName } from '../../../src/core/parse/mountinfo.js';

const TEXT = [
  '22 28 0:21 / /proc rw,nosuid shared:14 - proc proc rw',
  '300 25 0:4 net:[4026532177] /run/netns/web rw shared:170 - nsfs nsfs rw',
  String.raw`301 25 0:4 net:[4026532178] /run/netns/with\040blank\134 rw - nsfs nsfs rw`,
  '302 25 0:4 mnt:[4026532179] /run/snapd/ns/lxd.mnt rw - nsfs nsfs rw',
  '303 25 0:4 net:[4026532180] /tmp/lie rw - tmpfs tmpfs rw',
  '304 25 0:4 net:[oops] /run/netns/odd rw - nsfs nsfs rw',
  '305 25 0:4 net:[4026532181]',
].join('\n');

describe('parseNetnsMounts', () => {
  it('finds the network namespaces among the mounts', () => {
    expect(parseNetnsMounts(TEXT)).toEqual([
      { inode: 4_026_532_177, path: '/run/netns/web' },
      { inode: 4_026_532_178, path: '/run/netns/with blank\\' },
    ]);
  });

  it('never throws', () => {
    const word = fc.oneof(
      fc.constantFrom(' net:[1] ', ' - nsfs ', '\n', '\\040', '/a'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        for (const { path } of parseNetnsMounts(words.join(''))) expect(path[0]).toBe('/');
      }),
    );
  });
});

describe('parseNetnsName', () => {
  it('reads the inode', () => {
    expect(parseNetnsName('net:[4026531840]')).toBe(4_026_531_840);
    expect(
      ['', 'mnt:[1]', 'net:[]', 'net:[1]x', `net:[${'9'.repeat(20)}]`].map(parseNetnsName),
    ).toEqual(Array.from({ length: 5 }));
  });
});
