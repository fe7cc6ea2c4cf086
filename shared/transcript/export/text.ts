/** Owns: plain text as an export format. */
import { textOf } from '../text.ts'
import type { ExportFormat } from './types.ts'

export const textFormat: ExportFormat = {
  id: 'text',
  name: 'Plain text',
  extension: '.txt',
  mime: 'text/plain',
  leavesOut: 'Message content, certificates and the way of each reply through the network are left out.',
  write: ({ head, events }) => textOf(events, head),
}
