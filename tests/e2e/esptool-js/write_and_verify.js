// SPDX-License-Identifier: Apache-2.0
// esptool-js, unchanged, on a serial port behind RFC 2217: finds the chip, writes without its stub, and verifies by MD5.
// usage: node write_and_verify.js HOST PORT CHIP FILE ADDRESS [BAUD]
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import net from "node:net";
import { ESPLoader, Transport } from "esptool-js";

const [host, port, chip, file, address, baud] = process.argv.slice(2);
const IAC = 255, SB = 250, SE = 240, COM_PORT = 44, SET_BAUD = 1, SET_CONTROL = 5, ROM_BAUD = 115200;

/** As much of Web Serial as esptool-js uses. */
class SerialPort {
  async open({ baudRate }) {
    this.socket = net.connect(Number(port), host);
    this.socket.setNoDelay(true);
    await new Promise((done, failed) => this.socket.once("connect", done).once("error", failed));
    this.socket.write(Buffer.from([IAC, 251, COM_PORT, IAC, 251, 0, IAC, 253, 0]));
    if (baudRate !== ROM_BAUD) this.command(SET_BAUD, ...[24, 16, 8, 0].map((shift) => (baudRate >> shift) & 255));
    const socket = this.socket;
    let command = [];
    this.readable = new ReadableStream({
      start(stream) {
        socket.on("data", (bytes) => {
          const data = [];
          for (const byte of bytes) {
            if (command.length === 0) {
              if (byte === IAC) command.push(byte);
              else data.push(byte);
              continue;
            }
            command.push(byte);
            const [, verb] = command;
            if (verb === IAC) data.push(IAC);
            const ends = verb === IAC || (verb === SB ? byte === SE && command.at(-2) === IAC : command.length === 3);
            if (ends) command = [];
          }
          if (data.length > 0) stream.enqueue(Uint8Array.from(data));
        });
        socket.on("close", () => { try { stream.close(); } catch { /* it was cancelled */ } });
      },
    });
    this.writable = new WritableStream({
      write: (bytes) => { socket.write(Buffer.from([...bytes].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte])))); },
    });
  }
  command(...value) { this.socket.write(Buffer.from([IAC, SB, COM_PORT, ...value, IAC, SE])); }
  async setSignals({ dataTerminalReady, requestToSend }) {
    if (dataTerminalReady !== undefined) this.command(SET_CONTROL, dataTerminalReady ? 8 : 9);
    if (requestToSend !== undefined) this.command(SET_CONTROL, requestToSend ? 11 : 12);
  }
  getInfo() { return {}; }
  async close() { this.socket.destroy(); }
}

const transport = new Transport(new SerialPort(), false);
const terminal = { clean() {}, write() {}, writeLine(line) { console.log(line); } };
const loader = new ESPLoader({ transport, baudrate: Number(baud ?? ROM_BAUD), terminal });
await loader.detectChip();
if (loader.chip?.CHIP_NAME !== chip) throw new Error(`found ${loader.chip?.CHIP_NAME}, not ${chip}`);
if (Number(baud ?? ROM_BAUD) !== ROM_BAUD) await loader.changeBaud();
loader.FLASH_WRITE_SIZE = 0x400;  // what the ROM takes; the stub, which is not used here, takes more
await loader.flashSpiAttach(0);
await loader.writeFlash({
  fileArray: [{ data: new Uint8Array(readFileSync(file)), address: Number(address) }],
  flashMode: "keep", flashFreq: "keep", flashSize: "keep", eraseAll: false, compress: false,
  // The ROM answers in hexadecimal text, of which the tool shows the hexadecimal.
  calculateMD5Hash: (image) => Buffer.from(createHash("md5").update(image).digest("hex")).toString("hex"),
});
console.log(`MAC ${await loader.chip.readMac(loader)}`);
await transport.disconnect();
process.exit(0);
