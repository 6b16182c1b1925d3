export default async function teardown() {
  await globalThis.sealflowTestServer?.stop();
}
