import { describe, expect, it } from 'vitest';
import { downloadPicture } from './download.ts';

type Page = () => Response;
const MIB = 1024 * 1024;

/** A network of a few pages; whatever else is called answers 404. */
function network(pages: Record<string, Page>) {
  const called: string[] = [];
  const fetcher: typeof fetch = (input) => {
    const url = input instanceof Request ? input.url : String(input);
    called.push(url);
    return Promise.resolve((pages[url] ?? (() => new Response(null, { status: 404 })))());
  };
  return { called, fetch: fetcher };
}

const redirect = (to: string) => () => new Response(null, { status: 302, headers: { location: to } });
const picture = () => new Response(Buffer.from('JPEG'));

describe('downloadPicture', () => {
  it('brings the bytes', async () => {
    const { fetch } = network({ 'http://127.0.0.1:9/p.jpg': picture });
    expect(await downloadPicture('http://127.0.0.1:9/p.jpg', { fetch })).toEqual({
      ok: true,
      bytes: Buffer.from('JPEG'),
    });
  });

  it('says what came instead', async () => {
    const { fetch } = network({});
    expect(await downloadPicture('http://localhost/none.jpg', { fetch })).toEqual({
      ok: false,
      why: 'HTTP 404',
    });
  });

  it.each([
    ['http://192.0.2.7/p.jpg', /host 192\.0\.2\.7 not allowed/],
    ['http://localhost.example/p.jpg', /host localhost\.example not allowed/],
    ['http://user@192.0.2.7@127.0.0.1.example/p.jpg', /not allowed/],
    ['file:///etc/passwd', /scheme file: not supported/],
    ['no url at all', /no valid URL/],
  ])('does not call %s', async (url, why) => {
    const { fetch, called } = network({});
    const result = await downloadPicture(url, { fetch });
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? '' : result.why).toMatch(why);
    expect(called).toEqual([]);
  });

  it('calls hosts that were allowed, and any when told so', async () => {
    const pages = { 'https://abc.supabase.example/p.jpg': picture };
    for (const allowedHosts of [['abc.supabase.example'], ['*']])
      expect(
        await downloadPicture('https://abc.supabase.example/p.jpg', { ...network(pages), allowedHosts }),
      ).toMatchObject({ ok: true });
  });

  it('follows a few redirects, each of them checked', async () => {
    const { fetch } = network({
      'http://127.0.0.1/1': redirect('/2'),
      'http://127.0.0.1/2': redirect('http://localhost/3'),
      'http://localhost/3': picture,
    });
    expect(await downloadPicture('http://127.0.0.1/1', { fetch })).toMatchObject({ ok: true });
    const away = network({ 'http://127.0.0.1/1': redirect('http://192.0.2.7/secret') });
    expect(await downloadPicture('http://127.0.0.1/1', away)).toMatchObject({ ok: false });
    expect(away.called).toEqual(['http://127.0.0.1/1']);
  });

  it('stops in a redirect loop', async () => {
    const { fetch, called } = network({ 'http://127.0.0.1/1': redirect('/1') });
    expect(await downloadPicture('http://127.0.0.1/1', { fetch })).toEqual({
      ok: false,
      why: 'more than 3 redirects',
    });
    expect(called).toHaveLength(4);
  });

  it.each(['announced', 'unannounced'])('stops at five megabytes, %s', async (how) => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += MIB;
        controller.enqueue(new Uint8Array(MIB));
      },
    });
    const headers: Record<string, string> = how === 'announced' ? { 'content-length': String(6 * MIB) } : {};
    const { fetch } = network({ 'http://127.0.0.1/big': () => new Response(endless, { headers }) });
    expect(await downloadPicture('http://127.0.0.1/big', { fetch })).toEqual({ ok: false, why: 'too large' });
    expect(sent).toBeLessThanOrEqual(8 * MIB);
  });

  it('gives up in time', async () => {
    const never: typeof fetch = (_, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    expect(await downloadPicture('http://127.0.0.1/p', { fetch: never, timeoutMs: 5 })).toEqual({
      ok: false,
      why: 'timeout',
    });
  });

  it('names the trouble of the line', async () => {
    const broken: typeof fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
      );
    expect(await downloadPicture('http://127.0.0.1/p', { fetch: broken })).toEqual({
      ok: false,
      why: 'ECONNREFUSED',
    });
  });
});
