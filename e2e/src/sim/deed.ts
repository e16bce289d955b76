import type { Random } from '@pontaj/simulator';
import type { World } from './world.ts';

/** Numbers handed out so far, those of deleted people too: none is ever given again. */
export interface Memory {
  numbers: string[];
  hired: number;
  lastNumber: number;
}

/** Something that happens on a building site or in its office. */
export type Deed = (world: World, random: Random, memory: Memory) => void;
