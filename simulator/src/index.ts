export { startFleet } from './fleet.ts';
export type {
  CardView,
  DeviceSpec,
  EventView,
  FaceView,
  FaultCount,
  Fleet,
  FleetEvent,
  FleetOptions,
  HandAnswer,
  HandRequest,
  PersonSeed,
  PersonView,
  SimulatedDevice,
} from './fleet-types.ts';
export type { PersonEdit } from './terminal/person-edit.ts';
export { systemClock, type Clock } from './clock.ts';
export { seededRandom, type Random } from './random.ts';
export type { Fault, FaultWhat, FaultWhen } from './faults/fault.ts';
export type { JournalEntry, JournalFilter } from './journal/journal.ts';
export type { Traits } from './profiles/traits.ts';
export type { DownloadResult } from './isapi/endpoint.ts';
export { listenControl, type ControlServer } from './control/listen.ts';
export { FleetControl } from './control/client/fleet-control.ts';
export type { DeviceControl, DeviceView, RequestFilter } from './control/client/device-control.ts';
export { ControlError } from './control/client/control-error.ts';
