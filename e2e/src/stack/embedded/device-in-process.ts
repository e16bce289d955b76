import type { SimulatedDevice } from '@pontaj/simulator';
import type { Terminal } from '../stack.ts';

/** A simulated terminal of this process behind the interface that a terminal in a container has too. */
export function deviceInProcess(device: SimulatedDevice): Terminal {
  const { host, port, scheme, username, password } = device;
  return {
    id: device.id,
    url: device.url,
    address: { host, port, scheme },
    account: { username, password },
    serialNumber: device.serialNumber,
    certificateFingerprint: device.certificateFingerprint,
    persons: () => Promise.resolve(device.persons()),
    faces: () => Promise.resolve(device.faces()),
    requests: (filter) => Promise.resolve(device.requests(filter)),
    waitForRequest: (filter) => device.waitForRequest(filter, { includePast: filter.after !== undefined }),
    setFaults: (faults) => {
      device.setFaults(faults);
      return Promise.resolve();
    },
    faultCounts: () => Promise.resolve(device.faultCounts()),
    changePassword: (password) => {
      device.changePassword(password);
      return Promise.resolve();
    },
    editAtTerminal: (change) => {
      device.editAtTerminal(change);
      return Promise.resolve();
    },
    showFace: (employeeNo) => {
      device.showFace(employeeNo);
      return Promise.resolve();
    },
    powerOff: () => device.powerOff(),
    powerOn: () => device.powerOn(),
  };
}
