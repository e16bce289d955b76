export { startStack } from './stack/embedded-stack.ts';
export type {
  DaemonHandle,
  DeviceHandle,
  RunBody,
  Stack,
  StackOptions,
  StoredEmployee,
} from './stack/stack.ts';
