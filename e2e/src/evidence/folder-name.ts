const MAX_CHARS = 120;

/** A test's name as a folder's: readable, short, and safe everywhere. */
export function folderName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return plain.slice(0, MAX_CHARS) || 'unnamed';
}
