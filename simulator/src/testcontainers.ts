export { HikvisionFleetContainer } from './container/fleet-container.ts';
export { StartedHikvisionFleetContainer, type ContainerDevice } from './container/started-fleet-container.ts';
export { FleetControl } from './control/client/fleet-control.ts';
export type { DeviceControl, DeviceView, RequestFilter } from './control/client/device-control.ts';
export { ControlError } from './control/client/control-error.ts';
