import type { Bench } from './bench.ts';
import { engineAdopt } from './engine-adopt.ts';
import { engineDeadDevices } from './engine-dead-devices.ts';
import { engineFirstSync } from './engine-first-sync.ts';
import { engineResync } from './engine-resync.ts';
import { engineVsPlain } from './engine-vs-plain.ts';
import { firstSync } from './first-sync.ts';
import { simulatorCost } from './simulator-cost.ts';
import { simulatorRss, simulatorStart } from './simulator-fleet.ts';
import { simulatorWrites } from './simulator-writes.ts';

export const benches: Bench[] = [
  firstSync,
  engineFirstSync,
  engineResync,
  engineAdopt,
  engineDeadDevices,
  engineVsPlain,
  simulatorWrites,
  simulatorRss,
  simulatorStart,
  simulatorCost,
];
