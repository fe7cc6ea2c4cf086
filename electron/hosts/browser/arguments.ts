/** Owns: the flags of the browser host. */
import { parseArgs } from 'node:util'
import { readPortFlag } from '../common/portFlag.ts'

export interface BrowserArguments {
  dataFolder?: string
  /** 0 lets the system choose. */
  port: number
  open: boolean
  help: boolean
}

export const usage = `Relayscope in the browser: the page on 127.0.0.1, for this user only.

  --data FOLDER   keep data here instead of in the app's own data folder
  --port PORT     listen on this port (0 to 65535; default 0: any free one)
  --no-open       print the address without opening it
  --help          this text
`

/** Throws an Error that names the flag, its value and what would be right. */
export function parseArguments(args: string[]): BrowserArguments {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.data === '') throw new Error('--data "": a folder.')
  return {
    ...(values.data !== undefined && { dataFolder: values.data }),
    port: readPortFlag(values.port),
    open: !values['no-open'],
    help: values.help,
  }
}
