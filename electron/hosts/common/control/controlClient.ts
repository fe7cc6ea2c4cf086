/** Owns: reaching the program that has a data folder, from another one of the same user. */
import { connect } from 'node:net'
import { createRpcClient } from '#shared/rpc/client.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { type ControlPlace, readControlFile } from './controlFile.ts'
import { LineSocket } from './lineSocket.ts'
import { isProof, newNonce, proofOf, textOf } from './proof.ts'

/** A page of the queue is some hundreds of thousands. */
const limits = { line: 64 << 20, waiting: 1 << 20 }

/** Milliseconds for being let in. */
const patience = 5000

/** Nothing that runs has the folder. */
export class NotRunning extends Error {}

/** Rejects with NotRunning, or with words about the file. */
export async function connectControl(folder: string): Promise<RpcClient> {
  const place = await readControlFile(folder)
  const lines = place === null ? null : await enter(place)
  if (lines === null) throw new NotRunning(`Nothing that runs has the data folder ${folder}.`)
  return createRpcClient(() => lines)
}

/** Null where nobody is, or nobody who knows the secret. */
async function enter({ port, secret }: ControlPlace): Promise<LineSocket | null> {
  const lines = new LineSocket(connect({ host: '127.0.0.1', port }), limits)
  const timer = setTimeout(() => lines.destroy(), patience)
  try {
    const nonces = { server: textOf(await lines.next(), 'nonce'), client: newNonce() }
    if (nonces.server !== '') {
      lines.post({ nonce: nonces.client, proof: proofOf(secret, 'client', nonces) })
      if (isProof(textOf(await lines.next(), 'proof'), proofOf(secret, 'server', nonces))) return lines
    }
    lines.destroy()
    return null
  } finally {
    clearTimeout(timer)
  }
}
