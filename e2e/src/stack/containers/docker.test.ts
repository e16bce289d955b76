import { expect, test } from 'vitest';
import { ownerLabels, ownerOf, proofProject } from './docker.ts';

test('what stacks and proofs start is known by its process, by label or by the name of the compose project', () => {
  expect(ownerOf(ownerLabels)).toBe(process.pid);
  expect(ownerOf({ 'com.docker.compose.project': proofProject })).toBe(process.pid);
});

test.each<Record<string, string> | undefined>([
  undefined,
  {},
  { 'com.docker.compose.project': 'pontaj' },
  { 'com.docker.compose.project': 'pontaj-supabase' },
  { 'com.docker.compose.project': 'pontaj-proof-' },
  { 'com.docker.compose.project': 'pontaj-proof-mine' },
  { 'com.docker.compose.project': 'other-pontaj-proof-1' },
  { 'pontaj.e2e.pid': '0' },
])('%j is nobody’s of ours, and not removed', (labels) => {
  expect(ownerOf(labels)).toBeNull();
});
