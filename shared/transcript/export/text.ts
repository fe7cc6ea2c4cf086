/** Owns: plain text as an export format. */
import { textOf } from '../text.ts'
import type { ExportFormat } from './types.ts'

export const textFormat: ExportFormat = {
  id: 'text',
  name: 'Plain text',
  extension: '.txt',
  mime: 'text/plain',
  leavesOut:
    'Message content, certificates, the way of each reply through the network and the ends of lines over 16 KB are left out.',
  write: ({ head, events }) => textOf(events, head),
}
