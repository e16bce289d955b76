import { expect, test, vi } from 'vitest';
import { withoutEngine } from './containers-stage.ts';

test('without an engine nothing is counted, unless containers are required', () => {
  expect(withoutEngine('no docker', undefined)).toEqual({ notRun: expect.stringContaining('no docker') });
  const said = vi.spyOn(console, 'error').mockReturnValue();
  expect(withoutEngine('no docker', 'required')).toEqual({ passed: 0, failed: 1 });
  expect(said).toHaveBeenCalledWith(expect.stringContaining('no docker'));
  said.mockRestore();
});
