/** Owns: the product's version, read from package.json when built or run. */
import manifest from '../../../package.json' with { type: 'json' }

export const version: string = manifest.version
