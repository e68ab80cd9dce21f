package parley.client.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which release this is, as the build wrote it into the jar. */
final class ReleaseVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = ReleaseVersion.class.getPackage().getImplementationVersion();
    return new String[] {"parley " + (version == null ? "(not packaged)" : version)};
  }
}
