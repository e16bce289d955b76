/** Where programs are found; nothing else of the developer's environment reaches what the stack starts. */
export const searchPath = process.env.PATH ?? '';
