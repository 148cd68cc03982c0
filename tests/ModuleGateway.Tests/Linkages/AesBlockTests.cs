using System.Security.Cryptography;
using ModuleGateway.Linkages;

namespace ModuleGateway.Tests.Linkages;

public sealed class AesBlockTests
{
    [Fact]
    public void Given_the_standards_example_When_a_block_is_encrypted_Then_it_is_the_standards_answer()
    {
        // FIPS 197, appendix C.1.
        var block = new AesBlock(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        var plain = UInt128.Parse("00112233445566778899aabbccddeeff", System.Globalization.NumberStyles.HexNumber, null);

        block.Encrypt(plain).ShouldBe(UInt128.Parse("69c4e0d86a7b0430d8cdb78070b4c55a", System.Globalization.NumberStyles.HexNumber, null));
        block.Decrypt(block.Encrypt(plain)).ShouldBe(plain);
    }

    [Fact]
    public void Given_random_keys_and_blocks_When_the_CPU_and_the_platform_encrypt_Then_they_agree_both_ways()
    {
        for (var i = 0; i < 500; i++)
        {
            var key = RandomNumberGenerator.GetBytes(AesBlock.KeyBytes);
            var (cpu, platform) = (new AesBlock(key), new AesBlock(key, forcePlatform: true));
            var input = new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64());

            cpu.Encrypt(input).ShouldBe(platform.Encrypt(input));
            cpu.Decrypt(input).ShouldBe(platform.Decrypt(input));
        }
    }
}
