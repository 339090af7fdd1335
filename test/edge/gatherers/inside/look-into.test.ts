import { expect, it } from 'vitest';
import { lookInto } from '../../../../src/edge/gatherers/inside/look-into.js';
import { known, unknown } from '../../../../src/model/fact.js';
import type { Netns } from '../../../../src/model/netns.js';

const namespaces = known(
  Array.from({ length: 40 }, (_, at): Netns => {
    const content = unknown('skipped', 'not read');
    return { inode: at + 1, isHost: false, mounts: [], processes: [], content };
  }),
);
const all = namespaces.state === 'known' ? namespaces.value.map(({ inode }) => inode) : [];

it('goes on where one may not be looked into, and stops where the looking itself goes wrong', async () => {
  const looked: number[] = [];
  const denied = await lookInto(all, { namespaces }, ({ inode }) => {
    looked.push(inode);
    return inode % 2 === 0 ? known(inode) : unknown('denied', 'needs root');
  });
  expect(looked).toEqual(all);
  expect(denied.state === 'known' && Object.keys(denied.value)).toHaveLength(20);

  looked.length = 0;
  const failed = await lookInto(all, { namespaces }, ({ inode }) => {
    looked.push(inode);
    return unknown('failed', 'it did not end in time');
  });
  expect(looked.length).toBeLessThan(10);
  expect(failed).toEqual(unknown('failed', 'it did not end in time'));
});
