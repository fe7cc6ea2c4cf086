/** Owns: options that several commands of the command line have. */
import { InvalidArgumentError, Option } from 'commander'

export const familyOption = (): Option =>
  new Option('--family <4|6|both>', 'address family').default(0, 'both').argParser((text) => {
    const family = { '4': 4, '6': 6, both: 0 }[text]
    if (family === undefined) throw new InvalidArgumentError(`"${text}" is not 4, 6 or both.`)
    return family
  })

export const dataOption = (): Option => new Option('--data <folder>', 'record into this data folder')
export const caOption = (): Option => new Option('--ca <file>', 'trust these root certificates too (PEM)')
export const jsonOption = (): Option =>
  new Option('--json', 'answer in JSON on standard output').default(false)
