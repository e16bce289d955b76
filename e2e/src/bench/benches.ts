import type { Bench } from './bench.ts';
import { firstSync } from './first-sync.ts';

export const benches: Bench[] = [firstSync];
