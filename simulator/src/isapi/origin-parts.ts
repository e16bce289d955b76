/** Address, port and protocol out of an origin such as `http://127.0.0.1:9101`. */
export interface OriginParts {
  host: string;
  port: number;
  isHttps: boolean;
}

/** Never throws: a client may call itself anything in its Host header. */
export function originParts(origin: string): OriginParts {
  const isHttps = origin.startsWith('https:');
  const url = URL.canParse(origin) ? new URL(origin) : null;
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '127.0.0.1';
  return { host, port: Number(url?.port) || (isHttps ? 443 : 80), isHttps };
}
