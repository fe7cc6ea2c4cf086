/** Entry of the store's thread. Bundled as a file of its own, because a thread starts from a file. */
import { parentPort, workerData } from 'node:worker_threads'
import { serveStore } from './store/worker.ts'
import type { WorkerOptions } from './store/wireTypes.ts'

if (parentPort === null) throw new Error('storeWorker.ts is the entry of a worker thread.')
const { folder, busyTimeout }: WorkerOptions = workerData
serveStore(parentPort, { folder, busyTimeout })
