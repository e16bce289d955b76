import type { Clock } from '../clock.ts';

/** Commands of `RemoteControl/door` that move a door [vendor guide]. */
export type DoorCommand = 'open' | 'close' | 'alwaysOpen' | 'alwaysClose' | 'resume';

export const DOOR_COMMANDS: readonly DoorCommand[] = ['open', 'close', 'alwaysOpen', 'alwaysClose', 'resume'];

/** This number means every door of the device. */
export const ALL_DOORS = 65_535;

/** Verifications a terminal waits for at once; the oldest is given up. */
const MAX_WAITING = 16;

export interface DoorParam {
  doorName: string;
  openDurationS: number;
}

export interface DoorSnapshot {
  mode: 'normal' | 'alwaysOpen' | 'alwaysClose';
  openUntilMs: number;
  param: DoorParam;
}

/** Opening time out of the box, as in the vendor's guides. */
const DEFAULT_OPEN_DURATION_S = 5;

/** The doors of a terminal. A door that was opened shuts by itself: nothing waits, the clock is asked. */
export class Doors {
  #clock: Pick<Clock, 'now'>;
  #doorCount: number;
  #doors: DoorSnapshot[];
  /** Serial numbers of events whose door waits for a remote verification. */
  #waiting: Set<number> | null = null;

  constructor(deps: { traits: { doorCount: number }; clock: Pick<Clock, 'now'> }) {
    this.#clock = deps.clock;
    this.#doorCount = deps.traits.doorCount;
    this.#doors = freshDoors(this.#doorCount);
  }

  get count(): number {
    return this.#doors.length;
  }

  has(doorNo: number): boolean {
    return doorNo === ALL_DOORS || this.#doors[doorNo - 1] !== undefined;
  }

  isOpen(doorNo: number): boolean {
    const door = this.#doors[doorNo - 1];
    if (!door || door.mode === 'alwaysClose') return false;
    return door.mode === 'alwaysOpen' || this.#clock.now() < door.openUntilMs;
  }

  modeOf(doorNo: number): DoorSnapshot['mode'] {
    return this.#doors[doorNo - 1]?.mode ?? 'normal';
  }

  /** Lets somebody in who may; a door that is always closed stays so. */
  letIn(doorNo: number): void {
    if (this.modeOf(doorNo) !== 'alwaysClose') this.command(doorNo, 'open');
  }

  /** The door waits until somebody far away says yes to event `serialNo`. */
  waitForVerification(serialNo: number): void {
    this.#waiting ??= new Set();
    this.#waiting.add(serialNo);
    for (const oldest of this.#waiting) {
      if (this.#waiting.size <= MAX_WAITING) break;
      this.#waiting.delete(oldest);
    }
  }

  /** The answer to a waiting event; false when none waits under this number. */
  verify(serialNo: number, doorNo: number, verdict: 'success' | 'failed'): boolean {
    if (this.#waiting?.delete(serialNo) !== true) return false;
    if (verdict === 'success') this.letIn(doorNo);
    return true;
  }

  /** False when there is no such door. */
  command(doorNo: number, command: DoorCommand): boolean {
    if (!this.has(doorNo)) return false;
    for (const [index, door] of this.#doors.entries())
      if (doorNo === ALL_DOORS || index === doorNo - 1) this.#move(door, command);
    return true;
  }

  param(doorNo: number): DoorParam | undefined {
    return this.#doors[doorNo - 1]?.param;
  }

  setParam(doorNo: number, param: DoorParam): void {
    const door = this.#doors[doorNo - 1];
    if (door) door.param = param;
  }

  /** After a power cut doors are back to normal; what was set stays. */
  powerCut(): void {
    this.#waiting = null;
    for (const door of this.#doors) {
      door.mode = 'normal';
      door.openUntilMs = 0;
    }
  }

  snapshot(): DoorSnapshot[] {
    return this.#doors.map((door) => ({ ...door, param: { ...door.param } }));
  }

  restore(doors: readonly DoorSnapshot[]): void {
    this.#doors = doors.map((door) => ({ ...door, param: { ...door.param } }));
  }

  clear(): void {
    this.#waiting = null;
    this.#doors = freshDoors(this.#doorCount);
  }

  #move(door: DoorSnapshot, command: DoorCommand): void {
    if (command === 'open') door.openUntilMs = this.#clock.now() + door.param.openDurationS * 1000;
    else door.openUntilMs = 0;
    if (command === 'alwaysOpen' || command === 'alwaysClose') door.mode = command;
    else if (command === 'resume' || door.mode === 'alwaysClose' || command === 'close') door.mode = 'normal';
  }
}

function freshDoors(count: number): DoorSnapshot[] {
  return Array.from({ length: count }, (_, index) => ({
    mode: 'normal' as const,
    openUntilMs: 0,
    param: { doorName: `Door${index + 1}`, openDurationS: DEFAULT_OPEN_DURATION_S },
  }));
}
