import { runProgram, type RunOptions } from './run-program.ts';

/** `docker ARGS…`; throws with what it said. */
export function docker(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return runProgram('docker', args, options);
}

/** Null: there is no such image here. */
export async function imageId(name: string): Promise<string | null> {
  return inspect(name, '{{.Id}}');
}

/** Size of an image on disk, in bytes. */
export async function imageSizeBytes(name: string): Promise<number> {
  return Number(await inspect(name, '{{.Size}}'));
}

/** A label of an image; null when image or label are not there. */
export async function imageLabel(name: string, label: string): Promise<string | null> {
  const value = await inspect(name, `{{index .Config.Labels ${JSON.stringify(label)}}}`);
  return value === null || value === '' || value === '<no value>' ? null : value;
}

async function inspect(name: string, format: string): Promise<string | null> {
  try {
    return (await docker(['image', 'inspect', '--format', format, name])).trim();
  } catch {
    return null;
  }
}
