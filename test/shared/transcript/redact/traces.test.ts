import { expect, test } from 'vitest'
import { organizations, receivedFields } from '#shared/transcript/redact/traces.ts'

test.each([
  ['Received: from desk7 (HELO desk) (ann@10.0.0.7)\r\n by vault.corp.com (Postfix) with ESMTP id 1', ['desk7', 'desk', 'vault.corp.com'], undefined],
  ['Received: from [10.1.1.1] (helo=desk3) by mx; Mon, 5 Jan', ['desk3', 'mx'], undefined],
  ['Received: by mx (Postfix, from userid 1000)', ['mx'], undefined],
  ['X-Received: from x (y [1.2.3.4]) (Authenticated sender: ann) by z', ['x', 'z'], 'ann'],
  ['Subject: from x', undefined, undefined],
])('%s', (field, hosts, user) => {
  const [trace] = receivedFields(field)
  expect(trace?.hosts).toEqual(hosts)
  expect(trace?.user).toBe(user)
}) // prettier-ignore

test('organizations', () => {
  expect(organizations('From: a\r\nOrganisation: Acme\r\n Works\r\nX-Organization: B')).toEqual(['Acme Works', 'B'])
}) // prettier-ignore
