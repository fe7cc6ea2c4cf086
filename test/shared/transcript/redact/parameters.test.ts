import { expect, test } from 'vitest'
import { changeParameters, parametersOf, withParameter } from '#shared/transcript/redact/parameters.ts'

const values = (field: string) =>
  Object.fromEntries(parametersOf(field).map(({ name, value }) => [name, value]))

test('in pieces, in escapes, quoted, in any order (RFC 2231)', () => {
  expect(values('Content-Type: a/b; NAME*1="rg"; x=1; name*0*=utf-8\'de\'J%C3%B6; q="a\\"b;c"')).toEqual({
    name: 'Jörg',
    x: '1',
    q: 'a"b;c',
  })
  expect(values("a: b; f*0*=iso-8859-1''J%; f*1*=F6rg; g*=utf-7''x")).toEqual({ f: 'Jörg', g: null })
})

test('written anew where the first piece was, added where there was none', () => {
  expect(withParameter('a: b; n*0=x; c=1;\r\n n*1=y\r\n', 'n', 'z "q"')).toBe('a: b; n="z \\"q\\""; c=1\r\n')
  expect(withParameter('a: b\r\n', 'charset', 'utf-8')).toBe('a: b; charset="utf-8"\r\n')
  expect(withParameter('a: b; n=x', 'n', 'ö(1)')).toBe("a: b; n*=utf-8''%C3%B6%281%29")
})

const hide = (text: string): string => text.replace('ann', 'p')
test('only what the field does not show is changed here', () => {
  expect(changeParameters("a: b; n=ann; m*=''%61nn; k*=utf-7''q", hide)).toBe('a: b; n=ann; m="p"; k="left-out"')
}) // prettier-ignore
