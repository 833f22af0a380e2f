// The process of one Node peer, led by lines on its standard input as PeerProcess.java describes.
//   node drain.mjs MODE TIMERS WARM_UP
// The database comes by the environment, as libpq names it.
//
// graphile_worker           24 jobs at once, everything else by default
// graphile_worker_batched   worker.graphile.org/docs/performance: 24 jobs at once, local queue of 500, completions batched
// pg_boss_batched           github.com/timgit/pg-boss docs/api/workers.md: batches of 100, 8 workers, fetching on while batches are full
import { createInterface } from 'node:readline'
import pg from 'pg'

const [mode, timers, warmUp] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const connectionString = `postgres://${process.env.PGUSER}:${process.env.PGPASSWORD}@${process.env.PGHOST}:${process.env.PGPORT}/${process.env.PGDATABASE}`
const CHUNK = 5000

let calls = 0
let firstAt = 0n
let times = new Uint8Array(0)

function reset(bound) {
  calls = 0
  firstAt = 0n
  times = new Uint8Array(bound)
}

function note(timer) {
  if (times[timer] < 255) times[timer]++
  if (++calls === 1) firstAt = process.hrtime.bigint()
}

async function inChunks(from, count, add) {
  for (let start = from; start < from + count; start += CHUNK) {
    const size = Math.min(CHUNK, from + count - start)
    await add(Array.from({ length: size }, (_, i) => start + i))
  }
}

async function graphileWorker(batched) {
  const { run, makeWorkerUtils, Logger } = await import('graphile-worker')
  const logger = new Logger(() => (level, message) => { if (level === 'error' || level === 'warning') console.error(message) })
  const utils = await makeWorkerUtils({ connectionString, logger })
  await utils.migrate()
  const worker = { connectionString, logger, concurrentJobs: 24, maxPoolSize: 25 }
  if (batched) Object.assign(worker, { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 })
  let runner
  return {
    seed: (from, count) => inChunks(from, count, (numbers) => utils.addJobs(
      numbers.map((n) => ({ identifier: 'no_op', payload: { n }, runAt: new Date(Date.now() - 60_000) })))),
    start: async () => { runner = await run({ preset: { worker }, noHandleSignals: true, taskList: { no_op: ({ n }) => note(n) } }) },
    waiting: 'SELECT EXISTS (SELECT FROM graphile_worker._private_jobs) AS waiting',
    stop: () => runner.stop(),
    close: () => utils.release(),
  }
}

async function pgBoss() {
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({ connectionString, max: 12 })
  boss.on('error', (failure) => console.error(failure))
  await boss.start()
  await boss.createQueue('no_op')
  const options = { batchSize: 100, localConcurrency: 8, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 }
  return {
    seed: (from, count) => inChunks(from, count, (numbers) => boss.insert('no_op',
      numbers.map((n) => ({ data: { n }, startAfter: new Date(Date.now() - 60_000) })))),
    start: () => boss.work('no_op', options, async (jobs) => { for (const job of jobs) note(job.data.n) }),
    waiting: "SELECT EXISTS (SELECT FROM pgboss.job WHERE name = 'no_op' AND state <> 'completed') AS waiting",
    stop: () => boss.offWork('no_op', { wait: true }),
    close: () => boss.stop({ graceful: false }),
  }
}

const orders = []
let listener = () => {}
createInterface({ input: process.stdin })
  .on('line', (line) => { orders.push(line); listener() })
  .on('close', () => process.exit(1)) // Without a leader there is nothing left to do.

async function hear(order) {
  while (orders.length === 0) await new Promise((resolve) => { listener = resolve })
  const heard = orders.shift()
  if (heard !== order) throw new Error(`Expected ${order} and heard ${heard}`)
}

const say = (line) => new Promise((resolve) => process.stdout.write(`@${line}\n`, resolve))
const pause = () => new Promise((resolve) => setTimeout(resolve, 1))

const peers = {
  graphile_worker: () => graphileWorker(false),
  graphile_worker_batched: () => graphileWorker(true),
  pg_boss_batched: pgBoss,
}
const peer = await peers[mode]()
const asking = new pg.Client({ connectionString })
await asking.connect()

// The database is asked only when all have fired, so that asking does not weigh on the peer.
async function drain(count) {
  await peer.start()
  while (calls < count || (await asking.query(peer.waiting)).rows[0].waiting) await pause()
}

if (warmUp > 0) {
  reset(warmUp)
  await peer.seed(0, warmUp)
  await drain(warmUp)
  await peer.stop()
}
reset(warmUp + timers)
await peer.seed(warmUp, timers)
await say('ready')

await hear('go')
const started = process.hrtime.bigint()
await drain(timers)
const ended = process.hrtime.bigint()
await say(`done ${ended - started} ${firstAt - started}`)

await hear('end')
await peer.stop()
const fired = times.subarray(warmUp)
await say(`counted ${fired.filter((n) => n > 0).length} ${fired.filter((n) => n > 1).length}`)
await peer.close()
process.exit(0)
