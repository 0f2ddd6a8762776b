// A real SMTP server for the tests: takes letters and prints each as a line of JSON; refuses addresses with "khong-co".
// Usage: node smtp-server.mjs PORT
import { SMTPServer } from "smtp-server";

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onRcptTo(address, _session, done) {
    if (!address.address.startsWith("khong-co")) return done();
    done(Object.assign(new Error("No such user here"), { responseCode: 550 }));
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map((to) => to.address);
      console.log(JSON.stringify({ to, raw: Buffer.concat(chunks).toString("utf8") }));
      done();
    });
  },
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
