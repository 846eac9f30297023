// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.cli.tools;

import java.util.ArrayList;
import java.util.List;
import org.myrhiza.bytes.Decoded;
import org.myrhiza.cli.terminal.ExitCode;
import org.myrhiza.cli.terminal.Failure;
import org.myrhiza.frame.Authority;
import org.myrhiza.frame.RelayUrl;

/** Reads addresses as people write them. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads {@code host:port}.
   *
   * @param option the option it was given with
   * @throws Failure wrong use
   */
  public static Authority parse(String text, String option) throws Failure {
    return switch (Authority.parse(text)) {
      case Decoded.Ok<Authority>(Authority address) -> address;
      case Decoded.Bad<Authority> bad ->
          throw new Failure(
              ExitCode.WRONG_USE,
              "wrong-use",
              bad.malformed().message(),
              "Write it as HOST:PORT, for example 127.0.0.1:7420.",
              option);
    };
  }

  /**
   * Reads relay URLs and returns them in the one written form.
   *
   * @throws Failure wrong use
   */
  public static List<String> relays(List<String> texts) throws Failure {
    List<String> urls = new ArrayList<>();
    for (String text : texts) {
      switch (RelayUrl.parse(text)) {
        case Decoded.Ok<RelayUrl>(RelayUrl url) -> urls.add(url.url());
        case Decoded.Bad<RelayUrl> bad ->
            throw new Failure(
                ExitCode.WRONG_USE,
                "wrong-use",
                bad.malformed().message(),
                "Write it as ws://HOST:PORT/v1, for example ws://127.0.0.1:7420/v1.",
                "--relay");
      }
    }
    return urls;
  }

  /**
   * Reads several.
   *
   * @throws Failure wrong use
   */
  public static List<Authority> parse(List<String> texts, String option) throws Failure {
    List<Authority> addresses = new ArrayList<>();
    for (String text : texts) {
      addresses.add(parse(text, option));
    }
    return addresses;
  }
}
