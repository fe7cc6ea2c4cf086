import { expect, test } from 'vitest'
import { scanAddresses, scanIps, scanNames } from '#shared/transcript/redact/scan.ts'

test.each([
  ['<alice@corp.com>: unknown', ['alice@corp.com']],
  ['AUTH=bob@x.de, user=ann@x.de', ['bob@x.de', 'ann@x.de']],
  ['srs0=a=b.com=c@d.org', ['srs0=a=b.com=c@d.org']],
  ['"a b"@c.de and \'x@y.org\'.', ['"a b"@c.de', 'x@y.org']],
  ['a@[10.1.2.3]', ['a@[10.1.2.3]']],
  ['mailto:jörg@bücher.example!', ['jörg@bücher.example']],
  ['id=ann%40corp.com;x ORCPT=rfc822;bob+40x.de =40', ['ann@corp.com', 'bob@x.de']],
  ['SIZE=4096 +4000 %40', []],
  ['@ @@ a@ @b', []],
])('addresses in %s', (text, found) =>
  expect(scanAddresses(text).map(({ address }) => address)).toEqual(found),
)

test.each([
  ['220 mx.corp.com ESMTP Exim 4.96', ['mx.corp.com']],
  ['https://a.b.org/x, c.d.', ['a.b.org']],
  ['*.corp.com', ['corp.com']],
  ['TLSv1.3 5.1.1 e.g. 10.1.2.3', []],
  ['a.b@corp.com', ['corp.com']],
  ['4.3.2.1.zen.list.org', ['4.3.2.1.zen.list.org']],
])('names in %s', (text, found) => expect(scanNames(text)).toEqual(found))

test.each([
  ['[192.168.7.20]:25 and 1.2.3.4.', ['192.168.7.20', '1.2.3.4']],
  ['10.2.3.4.25 > 10.2.3.5.587', ['10.2.3.4', '10.2.3.5']],
  ['1.3.6.1.4.1.311 and 300.1.1.1', []],
  ['[IPv6:2a00::1] id:2a00::2, 2a00::3.', ['2a00::1', '2a00::2', '2a00::3']],
  ['12:34:56 AB:CD:EF', []],
])('IP addresses in %s', (text, found) => expect(scanIps(text)).toEqual(found))

test('what hostile text looks for is never far away', () => {
  for (const unit of ['@[', '"@', 'a@[1.2', 'x%40['])
    expect(scanAddresses(unit.repeat(500_000)).length).toBeLessThan(500_001)
})
