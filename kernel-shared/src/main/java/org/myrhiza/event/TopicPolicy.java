// SPDX-License-Identifier: AGPL-3.0-only
package org.myrhiza.event;

import java.util.List;
import org.myrhiza.bytes.CanonicalReader;
import org.myrhiza.bytes.CanonicalWriter;
import org.myrhiza.bytes.Codec;
import org.myrhiza.identity.PublicKey;

/**
 * What a genesis lays down for its topic. All keys are long-term keys, strictly ascending, at most
 * {@link Limits#POLICY_KEYS} for each right.
 *
 * @param admission whose joins are valid
 * @param fencers who may shut others out, and cannot be shut out
 * @param upgraders who may put another bundle in force
 * @param admitters who may let principals in
 * @param read who may read
 * @param quotaBytes bytes of keys and values in the state, 1 to {@link Limits#QUOTA}
 * @param quotaKeys keys in the state, 1 to {@link Limits#QUOTA}
 */
public record TopicPolicy(
    Admission admission,
    List<PublicKey> fencers,
    List<PublicKey> upgraders,
    List<PublicKey> admitters,
    ReadPolicy read,
    long quotaBytes,
    long quotaKeys) {

  /** The version byte of its form. */
  public static final int VERSION = 0;

  /** The canonical form. */
  public static final Codec<TopicPolicy> CODEC = Codec.of(TopicPolicy::write, TopicPolicy::read);

  /** Checks and copies. */
  public TopicPolicy {
    fencers = checked("fencers", fencers);
    upgraders = checked("upgraders", upgraders);
    admitters = checked("admitters", admitters);
    if (quotaBytes < 1 || quotaBytes > Limits.QUOTA || quotaKeys < 1 || quotaKeys > Limits.QUOTA) {
      throw new IllegalArgumentException(
          "quota of " + quotaBytes + " bytes, " + quotaKeys + " keys");
    }
  }

  private static List<PublicKey> checked(String right, List<PublicKey> keys) {
    if (keys.size() > Limits.POLICY_KEYS) {
      throw new IllegalArgumentException(keys.size() + " " + right);
    }
    for (int i = 1; i < keys.size(); i++) {
      if (keys.get(i).compareTo(keys.get(i - 1)) <= 0) {
        throw new IllegalArgumentException(right + " are not strictly ascending at " + i);
      }
    }
    return List.copyOf(keys);
  }

  /** Returns the usual policy: everybody may join, the founder may fence, nobody upgrades. */
  public static TopicPolicy open(PublicKey founder) {
    return of(Admission.OPEN, founder);
  }

  /**
   * Returns the usual policy with another admission: the founder may fence, and admit where the
   * topic is not open; nobody upgrades.
   */
  public static TopicPolicy of(Admission admission, PublicKey founder) {
    return new TopicPolicy(
        admission,
        List.of(founder),
        List.of(),
        admission == Admission.OPEN ? List.of() : List.of(founder),
        ReadPolicy.MEMBERS,
        Limits.QUOTA_BYTES,
        Limits.QUOTA_KEYS);
  }

  /** Returns whether a principal may let others in, as those who may fence and admit do. */
  public boolean mayAdmit(PublicKey principal) {
    return admitters.contains(principal) || fencers.contains(principal);
  }

  /** Returns whether the policy names a principal for any right. */
  public boolean names(PublicKey principal) {
    return mayAdmit(principal) || upgraders.contains(principal);
  }

  private static void write(CanonicalWriter writer, TopicPolicy policy) {
    writer.u8(VERSION);
    Admission.CODEC.write(writer, policy.admission);
    writer.set(policy.fencers, Limits.POLICY_KEYS, PublicKey.CODEC);
    writer.set(policy.upgraders, Limits.POLICY_KEYS, PublicKey.CODEC);
    writer.set(policy.admitters, Limits.POLICY_KEYS, PublicKey.CODEC);
    ReadPolicy.CODEC.write(writer, policy.read);
    writer.leb(policy.quotaBytes).leb(policy.quotaKeys);
  }

  private static TopicPolicy read(CanonicalReader reader) {
    reader.version(VERSION);
    return new TopicPolicy(
        Admission.CODEC.read(reader.at("admission")),
        reader.at("fencers").set(Limits.POLICY_KEYS, PublicKey.CODEC),
        reader.at("upgraders").set(Limits.POLICY_KEYS, PublicKey.CODEC),
        reader.at("admitters").set(Limits.POLICY_KEYS, PublicKey.CODEC),
        ReadPolicy.CODEC.read(reader.at("read policy")),
        reader.at("quota in bytes").lebLong(1, Limits.QUOTA),
        reader.at("quota in keys").lebLong(1, Limits.QUOTA));
  }
}
