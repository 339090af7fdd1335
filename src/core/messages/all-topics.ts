// All topics, sorted by id.
import type { Topic } from '../../model/manual.js';
import { dockerTopics } from './topics/docker.js';
import { linkTopics } from './topics/links.js';
import { podmanAndCniTopics } from './topics/podman-and-cni.js';

export const topics: readonly Topic[] = [
  ...dockerTopics,
  ...linkTopics,
  ...podmanAndCniTopics,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));
