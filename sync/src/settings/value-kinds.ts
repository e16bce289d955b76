import { z } from 'zod';

/** A whole number within bounds, without signs, spaces or exponents. */
export const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'it is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `it is below ${min}`).max(max, `it is above ${max}`));

export const oneOf = <const Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z.string().pipe(z.enum(choices, 'it is none of the choices'));

export const flag = () =>
  z
    .string()
    .pipe(z.enum(['true', 'false'], 'it is neither true nor false'))
    .transform((text) => text === 'true');

const url = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

/** An http(s) URL without credentials; a slash at the end is dropped. */
export const httpUrl = () =>
  z
    .string()
    .refine((text) => ['http:', 'https:'].includes(url(text)?.protocol ?? ''), 'it is not an http(s) URL')
    .refine(
      (text) => url(text)?.username === '' && url(text)?.password === '',
      'it carries a user or password, which would end up in logs',
    )
    .transform((text) => text.replace(/\/+$/, ''));

/** Comma-separated; blanks around the parts are dropped, and so are empty parts. Commas alone are no list. */
export const list = (isPart: (part: string) => boolean, complaint: string) =>
  z
    .string()
    .refine((text) => text === '' || /[^,\s]/.test(text), 'there is nothing between the commas')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every(isPart), complaint);

export const isOrigin = (text: string): boolean => {
  const parsed = url(text);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) && parsed.origin === text;
};

/** Terminals keep these as local time without a zone, and count from 1970 to 2037 [all models, 32-bit seconds]. */
export const deviceTime = () =>
  z
    .string()
    .regex(/^(19[7-9]\d|20[0-2]\d|203[0-7])-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'it has another form')
    .refine((text) => {
      const time = new Date(`${text}Z`);
      return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
    }, 'there is no such day or hour');
