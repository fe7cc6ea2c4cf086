import { expect, test } from 'vitest'
import { tlsAbsence } from '#renderer/model/probeDetailAbsence.ts'
import { cell, found } from '../../support/probeDetail.ts'
import { refused } from '../../support/probeReport.ts'

const said = (change: Parameters<typeof cell>[0]) => tlsAbsence(cell(change)).words

test('no more is claimed than was seen', () => {
  const { banner: _, ...silent } = cell({ capabilities: [], findings: [] })
  expect(tlsAbsence(refused).words).toContain('Nobody answered')
  expect(said({ findings: [found({ code: 'tls-alert' })] })).toContain('tried')
  expect(said({ mode: 'plain' })).toContain('Not asked for')
  expect(said({})).toContain('offered, but')
  expect(said({ capabilities: ['DSN'] })).toContain('not offered')
  expect(said({ capabilities: [], tone: 'neutral' })).toContain('cancelled')
  expect(said({ capabilities: [] })).toBe('The dialogue did not get as far as TLS.')
  expect(tlsAbsence(silent).words).toContain('nothing was said')
})
