export { startStack } from './stack/start-stack.ts';
export type {
  DaemonHandle,
  DeviceHandle,
  RunBody,
  Stack,
  StackOptions,
  StoredEmployee,
} from './stack/stack.ts';
