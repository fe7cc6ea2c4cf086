/** Owns: reaching the program that runs on a data folder, for commands about its queue and its authority. */
import { resolve } from 'node:path'
import type { RpcClient } from '#shared/rpc/types.ts'
import { connectControl, NotRunning } from '../common/control/controlClient.ts'
import { defaultDataFolder } from '../common/dataFolder.ts'
import { GivenError } from './files.ts'
import type { WithEngine } from './io.ts'

/** Runs with the program that has the folder (absent: the app's own). Rejects with GivenError when there is none. */
export type WithRunning = <T>(
  folder: string | undefined,
  run: (client: RpcClient) => Promise<T>,
) => Promise<T>

export const withRunning: WithRunning = async (folder, run) => {
  const client = await connectControl(resolve(folder ?? defaultDataFolder())).catch((error: unknown) => {
    if (!(error instanceof NotRunning)) throw error
    throw new GivenError(`${error.message} Start serve --config FILE or the app there, or name the folder of one that runs by --data.`) // prettier-ignore
  })
  try {
    return await run(client)
  } finally {
    client.close()
  }
}

/** The program that has the folder, where one runs; else an engine of the command's own, opened on it and closed again. */
export const runningOrOwn =
  (withEngine: WithEngine): WithEngine =>
  async (folder, run) => {
    const client = folder === null ? null : await running(resolve(folder))
    if (client === null) return withEngine(folder, run)
    try {
      return await run(client)
    } finally {
      client.close()
    }
  }

/** Null where nothing runs. */
async function running(folder: string): Promise<RpcClient | null> {
  try {
    return await connectControl(folder)
  } catch (error) {
    if (error instanceof NotRunning) return null
    throw error
  }
}
